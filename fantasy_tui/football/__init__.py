"""Fantasy football as pure functions of plain values: no I/O, no database, no clock."""

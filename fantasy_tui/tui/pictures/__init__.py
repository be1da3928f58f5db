"""Pictures of plain values: drawn where there is room, said in one line where there is not."""

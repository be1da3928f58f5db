"""The demo: fictional leagues made by a seeded generator, kept in a database of their own."""

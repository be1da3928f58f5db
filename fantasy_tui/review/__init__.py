"""The queue of decisions and what a person can do with them."""

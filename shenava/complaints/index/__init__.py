"""Index: the words of every complaint, kept after every fact and asked by whoever may read them."""

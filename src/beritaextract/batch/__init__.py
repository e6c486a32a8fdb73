"""Convert many articles: readers that stream, worker processes, writers that move a finished file into place."""

"""``python -m beritaextract``: the command line."""

from beritaextract.cli import main

main()

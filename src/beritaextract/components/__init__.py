"""The chain's spaCy components, one file each, named after what it finds; see ``beritaextract.layers`` for what they write."""

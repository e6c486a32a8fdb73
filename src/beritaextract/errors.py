"""What can go wrong, each error naming what was wrong and where."""

from __future__ import annotations


class BeritaExtractError(Exception):
    """Base of every error this library raises on purpose."""


class ArticleError(BeritaExtractError, ValueError):
    """An article that cannot be processed: no text, an unreadable date, a page without an article."""


class InputError(BeritaExtractError, ValueError):
    """An input file that cannot be read: missing, empty, binary, in an unknown encoding, not what its suffix says."""


class ResourceError(BeritaExtractError, ValueError):
    """A fault in a data table; the message begins with file, line and column."""


class ModelError(BeritaExtractError, ValueError):
    """A trained model that cannot be used: missing, unreadable, or made for another version; the message names its path."""

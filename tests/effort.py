"""What an action costs, counted instead of timed, so that it is the same on every machine however busy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def effort(action: Callable[[], object]) -> int:
    """Calls of functions, in Python and in C, that the action makes; time inside one call of C is not seen."""
    calls = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(before)
    return calls

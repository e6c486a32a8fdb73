"""The test suite under every Python that the package promises: ``nox``, or one of them with ``nox -s tests-3.12``."""

from __future__ import annotations

import nox

nox.options.error_on_missing_interpreters = False  # a Python that is not on the machine is skipped by name
nox.options.default_venv_backend = "venv"


@nox.session(python=["3.10", "3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """Install everything into an empty environment and run all tests, or those given behind ``--``."""
    session.install("--editable", ".[all,dev]")
    session.run("python", "-m", "pytest", "-n", "auto", *session.posargs)


@nox.session(python=False)
def dist(session: nox.Session) -> None:
    """Build wheel and sdist, install each into an empty environment and run the example with it."""
    session.run("make", "dist", external=True)

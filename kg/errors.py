"""Errors a user can mend. The command line prints their message as one line and exits with ``exit_status``."""


class PaperkgError(Exception):
    """A job failed: the message says what, where, and what to do."""

    exit_status = 1


class UsageError(PaperkgError):
    """The request itself was wrong: an unknown option value, a path that does not exist, a broken settings file."""

    exit_status = 2

"""How long work shows that it goes on: a live bar in a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

# Seconds between two plain lines.
_EVERY = 10.0
# The stages that count documents; what else is told of was found in them.
_STAGES = ("read", "extract")


class _Shown:
    """A bar that lives while its ``with`` block does; where there is no terminal, the time of the last plain line."""

    def __init__(self, console: Console, every: float = _EVERY) -> None:
        self._console = console
        self._every = every
        self._live: Progress | None = None
        self._task: TaskID | None = None
        self._told = time.monotonic()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def _due(self) -> bool:
        """Whether it is time for a plain line; if so, the next is due a while later."""
        if time.monotonic() - self._told < self._every:
            return False
        self._told = time.monotonic()
        return True


class Meter(_Shown):
    """Called with a stage and how many documents it has done, or with what was found and how much of it."""

    def __init__(self, console: Console, every: float = _EVERY) -> None:
        super().__init__(console, every)
        self._found: dict[str, int] = {}
        self._started = time.monotonic()

    def __enter__(self) -> Meter:
        if self._console.is_terminal:
            # How many documents there are is known when the last has been read: the bar moves, and promises nothing.
            self._live = Progress(
                SpinnerColumn(), BarColumn(24), TextColumn("{task.description}", markup=False), TimeElapsedColumn(),
                console=self._console, transient=True,
            )  # fmt: skip
            self._live.start()
        return self

    def __call__(self, stage: str, done: int) -> None:
        if stage not in _STAGES:
            self._found[stage] = done
            return
        if self._live is not None:
            if self._task is None:
                self._task = self._live.add_task("", total=None)
            self._live.update(self._task, description=self.line(stage, done))
        elif stage == "extract" and self._due():
            self._console.print(self.line(stage, done))

    def line(self, stage: str, done: int) -> str:
        """What is told: documents, documents a second, what was found so far."""
        rate = done / max(time.monotonic() - self._started, 1e-6)
        found = "".join(f", {count:,} {what}" for what, count in self._found.items())
        return f"{stage}: {done} documents, {rate:.0f} a second{found}"


class Transfer(_Shown):
    """Called with how many triples have been sent, and how many there are: a bar in a terminal, a plain line now and then elsewhere."""

    def __enter__(self) -> Transfer:
        if self._console.is_terminal:
            self._live = Progress(
                BarColumn(24), TextColumn("{task.completed:,.0f} of {task.total:,.0f} triples"), TimeElapsedColumn(),
                console=self._console, transient=True,
            )  # fmt: skip
            self._live.start()
        return self

    def __call__(self, done: int, total: int) -> None:
        if self._live is not None:
            if self._task is None:
                self._task = self._live.add_task("", total=total)
            self._live.update(self._task, completed=done)
        elif self._due():
            self._console.print(f"push: {done:,} of {total:,} triples")

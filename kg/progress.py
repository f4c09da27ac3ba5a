"""How long work shows that it goes on: a live line in a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import time
from types import TracebackType

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

# Seconds between two plain lines.
_EVERY = 10.0


class Meter:
    """Called with a stage and how many documents it has done."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live: Progress | None = None
        self._tasks: dict[str, object] = {}
        self._started = self._told = time.monotonic()

    def __enter__(self) -> Meter:
        if self._console.is_terminal:
            self._live = Progress(
                SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.fields[rate]}"), TimeElapsedColumn(),
                console=self._console, transient=True,
            )  # fmt: skip
            self._live.start()
        return self

    def __call__(self, stage: str, done: int) -> None:
        rate = f"{done / max(time.monotonic() - self._started, 1e-6):.0f} a second"
        if self._live is not None:
            if stage not in self._tasks:
                self._tasks[stage] = self._live.add_task(stage, total=None, rate="")
            self._live.update(self._tasks[stage], description=f"{stage}: {done} documents", rate=rate)  # type: ignore[arg-type]
        elif stage == "extract" and time.monotonic() - self._told >= _EVERY:
            self._told = time.monotonic()
            self._console.print(f"{stage}: {done} documents, {rate}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

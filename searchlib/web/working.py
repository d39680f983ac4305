"""
Places for work: some requests at a time, each in a thread, until its time is over or its client leaves.

A thread cannot be stopped from outside; the library looks at `cancel` before each text that it reads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import anyio
from anyio import CapacityLimiter, to_thread
from starlette.requests import Request

T = TypeVar("T")

_MOST_WAITING = 64


class BusyError(Exception):
    """All places are taken, or a client has gone; the answer is 503."""


class Places:
    """A number of places; who finds none waits for a while."""

    def __init__(self, places: int, wait_s: float) -> None:
        self._places = places
        self._wait_s = wait_s
        self._limiter: CapacityLimiter | None = None
        self._threads: CapacityLimiter | None = None

    def _limiters(self) -> tuple[CapacityLimiter, CapacityLimiter]:
        if self._limiter is None or self._threads is None:  # they belong to the loop that runs
            self._limiter, self._threads = CapacityLimiter(self._places), CapacityLimiter(self._places)
        return self._limiter, self._threads

    async def run(self, request: Request, work: Callable[[threading.Event], T]) -> T:
        """
        Return what *work* returns, done in a thread; the event that it gets is set when the client leaves.

        Raises:
            BusyError: There was no place in time, or the client has left.
        """
        limiter, threads = self._limiters()
        if limiter.statistics().tasks_waiting >= _MOST_WAITING:
            raise BusyError
        gone = threading.Event()
        owner = object()
        done: list[T] = []
        failed: list[Exception] = []
        async with anyio.create_task_group() as group:

            async def watch() -> None:
                while (await request.receive())["type"] != "http.disconnect":
                    pass
                gone.set()
                group.cancel_scope.cancel()

            group.start_soon(watch)
            with anyio.move_on_after(self._wait_s) as waiting:
                await limiter.acquire_on_behalf_of(owner)
            if waiting.cancelled_caught:
                failed.append(BusyError())
            else:
                try:
                    done.append(await to_thread.run_sync(work, gone, limiter=threads))
                except Exception as error:  # noqa: BLE001 (a group would wrap it)
                    failed.append(error)
                finally:
                    limiter.release_on_behalf_of(owner)
            group.cancel_scope.cancel()
        if failed:
            raise failed[0]
        if not done:
            raise BusyError
        return done[0]

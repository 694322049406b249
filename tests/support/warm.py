"""Kernels that outlive a report: starting one and importing into it costs more than most notebooks of a test."""

from analysis.pages.kernel import Kernel

_warm: list[Kernel] = []


class Borrowed:
    """A kernel for one report. It goes back when it is closed, unless it was killed; the next notebook finds it empty."""

    def __init__(self):
        self.kernel = _warm.pop() if _warm else Kernel()

    def run(self, notebook, parameters):
        return self.kernel.run(notebook, parameters)

    @property
    def half(self):
        return self.kernel.half

    def kill(self) -> None:
        if self.kernel is not None:
            self.kernel.kill()

    def close(self) -> None:
        kernel, self.kernel = self.kernel, None
        if kernel.killed:
            kernel.close()
        else:
            _warm.append(kernel)


def end_all() -> None:
    while _warm:
        _warm.pop().close()

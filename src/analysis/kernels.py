"""Warm kernels: each runs notebook after notebook, so that starting and importing are paid once; none sees the last."""

import tempfile
from pathlib import Path

FRESH = "get_ipython().reset(new_session=True); __import__('os').chdir({folder!r})"


class Kernel:
    """One IPython kernel for many notebooks; no IPython settings of the user take part. Of one thread."""

    def __init__(self):
        self.settings = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.manager = None

    def run(self, notebook: Path, half: Path, parameters: dict):
        """The executed notebook, written to `half` cell by cell; it begins with an empty namespace."""
        import papermill
        from jupyter_client import AsyncKernelManager

        if self.manager is None:
            self.manager = AsyncKernelManager(kernel_name="python3")
        try:
            return papermill.execute_notebook(
                literal(notebook),
                literal(half),
                parameters=parameters,
                kernel_name="python3",
                cwd=notebook.parent,
                progress_bar=False,
                log_output=False,
                engine_name=_engine(),
                manager=self.manager,
                folder=str(notebook.parent),
                # The kernel's notice that it talks over plain TCP is for its operators, not for a runner.
                extra_arguments=["--log-level=50", f"--ipython-dir={self.settings.name}"],
            )
        except papermill.PapermillExecutionError:
            raise
        except BaseException:
            self.close()  # whatever it was, the next notebook gets a new kernel
            raise

    def close(self) -> None:
        """End the kernel, at once."""
        from jupyter_core.utils import run_sync

        manager, self.manager = self.manager, None
        if manager is not None and manager.has_kernel:
            run_sync(manager.shutdown_kernel)(now=True)


def _engine() -> str:
    """Papermill's own way to run a notebook, in a kernel that is there already and stays."""
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import Engine, papermill_engines

    class Client(PapermillNotebookClient):
        folder = ""

        def papermill_execute_cells(self):
            self.wait_for_reply(self.kc.execute(FRESH.format(folder=self.folder), silent=True))
            super().papermill_execute_cells()

    class Warm(Engine):
        @classmethod
        def execute_managed_notebook(cls, nb_man, kernel_name, manager, folder, extra_arguments, **_):
            client = Client(nb_man, km=manager, kernel_name=kernel_name, extra_arguments=extra_arguments)
            client.folder = folder
            try:
                return client.execute(cleanup_kc=False)
            finally:
                if client.kc is not None:
                    client.kc.stop_channels()

    papermill_engines.register("warm", Warm)
    return "warm"


def literal(path: Path) -> str:
    """A path for papermill, which fills {names} in paths: doubled braces stand for themselves."""
    return str(path).replace("{", "{{").replace("}", "}}")

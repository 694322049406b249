"""Warm kernels: each runs notebook after notebook, so that starting and importing are paid once; none sees the last.

Cells of controls are left out: a page shows none, and what controls hold would outlive the notebook.
"""

import tempfile
from pathlib import Path

from nbformat import NotebookNode

CONTROLS = "widget"  # the tag of a cell of which only an open notebook has a use
FRESH = "get_ipython().reset(new_session=True); __import__('os').chdir({path!r})"


class Kernel:
    """One IPython kernel for many notebooks; no IPython settings of the user take part. Of one thread.

    half: the notebook that was run last, as far as it got.
    """

    def __init__(self):
        self.settings = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.manager = self.half = None
        self.killed = False

    def run(self, notebook: Path, parameters: dict) -> NotebookNode:
        """The executed notebook, which is on no disk; it begins with an empty namespace, in the folder it lies in."""
        import papermill
        from jupyter_client import AsyncKernelManager

        self.half = None
        if self.manager is None:
            self.manager = AsyncKernelManager(kernel_name="python3")
        try:
            return papermill.execute_notebook(
                literal(notebook),
                None,
                parameters=parameters,
                kernel_name="python3",
                progress_bar=False,
                log_output=False,
                engine_name=_engine(),
                kernel=self,
                folder=str(notebook.parent),  # papermill's own cwd= would change that of the whole process
                # The kernel's notice that it talks over plain TCP is for its operators, not for a runner.
                extra_arguments=["--log-level=50", f"--ipython-dir={self.settings.name}"],
            )
        except papermill.PapermillExecutionError:
            raise
        except BaseException:
            self.close()  # whatever it was, the next notebook gets a new kernel
            raise

    def kill(self) -> None:
        """End its process; whoever waits for a cell of it is told that it died. For other threads."""
        self.killed = True
        process = getattr(getattr(self.manager, "provisioner", None), "process", None)
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the kernel, at once."""
        from jupyter_core.utils import run_sync

        manager, self.manager = self.manager, None
        if manager is not None and manager.has_kernel:
            run_sync(manager.shutdown_kernel)(now=True)


def _engine() -> str:
    """Papermill's own way to run a notebook, in a kernel that is there already and stays."""
    from nbclient.exceptions import DeadKernelError
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import Engine, papermill_engines

    class Client(PapermillNotebookClient):
        def papermill_execute_cells(self) -> None:
            if self.kernel.killed:  # while it was starting
                raise DeadKernelError("Kernel was killed")
            self.wait_for_reply(self.kc.execute(FRESH.format(**self.resources["metadata"]), silent=True))
            super().papermill_execute_cells()

    class Warm(Engine):
        @classmethod
        def execute_managed_notebook(cls, nb_man, kernel_name, kernel, folder, extra_arguments, **_) -> NotebookNode:
            nb_man.nb.cells = [cell for cell in nb_man.nb.cells if CONTROLS not in cell.metadata.get("tags", [])]
            kernel.half = nb_man.nb
            where = {"metadata": {"path": folder}}  # the kernel starts there
            told = {"kernel_name": kernel_name, "resources": where, "extra_arguments": extra_arguments}
            client = Client(nb_man, km=kernel.manager, **told)
            client.kernel = kernel
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

"""assay export: hand a tuned model on, once it was shown to answer like the one that was measured."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["export"]


def export(
    to: Annotated[str, typer.Option(help="adapter, merged, openvino, gguf or ollama.")],
    run: Annotated[str | None, typer.Argument(help="Id of the run; by default the newest.")] = None,
    bits: Annotated[
        int | None, typer.Option(help="Width of the weights: 8 or 4 for openvino, 8 or 16 for gguf and ollama.")
    ] = None,
    cell: Annotated[str | None, typer.Option(help="A tuned cell; by default the recommended one.")] = None,
    folder: Annotated[
        Path | None, typer.Option(help="Where to write it; by default exports/… in the workspace.")
    ] = None,
    differing: Annotated[
        float | None, typer.Option(help="Share of answers that may not be the same, such as 0.1 (export_differing).")
    ] = None,
    llama_cpp: Annotated[
        str | None, typer.Option(help="A checkout of llama.cpp, whose converter writes GGUF (llama_cpp).")
    ] = None,
    out: Annotated[Path, typer.Option(help="Workspace of the run.")] = Path(".assay"),
) -> None:
    """Write the tuned model for other programs; refused (exit code 4) if it does not answer like the measured one."""
    from assay.cli.console import Console
    from assay.exporting import export_run
    from assay.serving.measured_run import load
    from assay.words import figures, message

    finished = load(run, out=out)
    with Console() as console:
        done = export_run(
            finished,
            to,
            bits=bits,
            cell=cell,
            folder=folder,
            differing=differing,
            llama_cpp=llama_cpp,
            progress=console,
        )
    lang = finished.pipelines.settings.lang
    print(message("export.done", lang, cell=done.cell, size=figures.megabytes(done.size_mb)))
    print(done.folder.resolve())

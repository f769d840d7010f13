"""What all pages are handed: the server that they belong to, and where things are kept."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from assay.bench.workspace import Workspace
from assay.corpus.document import Corpus
from assay.corpus.library import Library
from assay.errors import NotFound
from assay.server.keys import Asker, Keys
from assay.server.quotes.page_process import PageProcess
from assay.server.quotes.sight import Sight
from assay.server.served import Served
from assay.serving.measured_run import FinishedRun, load
from assay.settings import Settings
from assay.studies.grid.kind import KIND
from assay.studies.study import finished_studies

__all__ = ["Asker", "Site"]


@dataclass
class Site:
    """The pages of one server."""

    served: Served
    drawing: PageProcess = field(default_factory=PageProcess)

    _sight: Sight | None = field(default=None, init=False)

    @property
    def workspace(self) -> Workspace:
        """Where runs are."""
        return self.served.workspace

    @property
    def database(self) -> Engine:
        """With the server's own tables."""
        return self.served.database

    @property
    def keys(self) -> Keys:
        """Who may come in."""
        return self.served.keys

    def run(self) -> FinishedRun | None:
        """What is served, or None where nothing is finished."""
        return self.served.current.now()

    def sight(self) -> Sight:
        """What draws the pages of the documents."""
        folder = self.documents_folder()
        if self._sight is None or self._sight.folder != folder:
            self._sight = Sight(folder, self.drawing)
        return self._sight

    def corpus(self) -> Corpus | None:
        """What is searched now; without a run what was last taken in; None where nothing was."""
        run = self.run()
        if run is not None:
            return run.pipelines.search.corpus
        library = Library(self.workspace.library_file, self.documents_folder())
        state = library.current()
        return None if state is None else library.corpus(state, Settings().max_passage_tokens)

    def needed_corpus(self) -> Corpus:
        """What is searched now; raises NotFound where nothing is."""
        corpus = self.corpus()
        if corpus is None:
            raise NotFound("no document was taken in yet: bring some")
        return corpus

    def documents_folder(self) -> Path:
        """Where the documents of the run are; before the first one, where those are put that people bring."""
        run = self.run() or self._newest_run()
        if run is not None and run.documents:
            return Path(run.documents).resolve()
        folder = self.workspace.folder / "documents"
        folder.mkdir(parents=True, exist_ok=True)
        return folder.resolve()

    def _newest_run(self) -> FinishedRun | None:
        """What is about to be served, with nothing of it loaded."""
        folders = finished_studies(KIND, self.workspace)
        return load(folders[0].name, out=self.workspace.folder) if folders else None

    def questions_folder(self) -> Path:
        """Where question sets are that people edit here."""
        folder = self.workspace.folder / "questions"
        folder.mkdir(parents=True, exist_ok=True)
        return folder.resolve()

"""accelerate launch -m assay.training JOB: one process of a training that several share; see `launch`."""

import sys
from pathlib import Path

from assay.training.launch import run_job

run_job(Path(sys.argv[1]))

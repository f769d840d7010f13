"""Questions and passages that show what tuning has cost: general ones, one's own, and contradicted passages.

Knows what is asked and what is right. Knows no model and asks nothing.
"""

from assay.probes.contradiction import LEAST_READING, MOST_READING, contradict, contradictions
from assay.probes.exchange import exchange
from assay.probes.probe import Probe, ProbeKind, ProbeSet
from assay.probes.probe_files import general_probes, read_probes

__all__ = [
    "LEAST_READING",
    "MOST_READING",
    "Probe",
    "ProbeKind",
    "ProbeSet",
    "contradict",
    "contradictions",
    "exchange",
    "general_probes",
    "read_probes",
]

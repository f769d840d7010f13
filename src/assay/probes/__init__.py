from assay.probes.contradiction import LEAST_READING, MOST_READING, contradict, contradictions
from assay.probes.exchange import exchange
from assay.probes.probe import Probe, ProbeKind, ProbeSet
from assay.probes.reading import general_probes, read_probes

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

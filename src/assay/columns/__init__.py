from assay.columns.behaviour import Behaviour
from assay.columns.few_shot import FewShot
from assay.columns.zero_shot import ZeroShot

__all__ = ["Behaviour", "FewShot", "ZeroShot"]

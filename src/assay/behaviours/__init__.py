from assay.behaviours.behaviour import Behaviour
from assay.behaviours.few_shot import FewShot
from assay.behaviours.zero_shot import ZeroShot

__all__ = ["Behaviour", "FewShot", "ZeroShot"]

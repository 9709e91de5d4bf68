"""What changed from one picture to another: registered, perceptual, above the pair's own noise.

Pure: Pillow and numpy, no Django. Points are relative, 0..1 of a picture's own width and height.
"""

from .analysis import Analysis, Floor, analyse, analyse_copies
from .areas import Region
from .copies import Copy, copy_of, of_proxy
from .first import First, look
from .grade import Grade
from .planes import Affine, Mask
from .registration import Registration

__all__ = [
    "Affine",
    "Analysis",
    "Copy",
    "First",
    "Floor",
    "Grade",
    "Mask",
    "Region",
    "Registration",
    "analyse",
    "analyse_copies",
    "copy_of",
    "look",
    "of_proxy",
]

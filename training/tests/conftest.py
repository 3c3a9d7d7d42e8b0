import sys
from pathlib import Path

import cv2
import torch

sys.path.insert(0, str(Path(__file__).parents[1]))
torch.set_num_threads(1)
cv2.setNumThreads(1)

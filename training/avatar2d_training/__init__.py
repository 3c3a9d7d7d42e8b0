"""Training of Avatar2D's face models: source image + driving input + ground truth -> base model (TR 26.813 §6.3.2)."""

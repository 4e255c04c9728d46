"""The writes of what trainers publish."""

from training_materials.actions.publishing import COLLECTION, WORKFLOW, save_topic, set_up_publishing

__all__ = ["COLLECTION", "WORKFLOW", "save_topic", "set_up_publishing"]

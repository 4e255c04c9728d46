"""The writes of what trainers publish."""

from training_materials.actions.activities import publish_activity, withdraw_activity
from training_materials.actions.courses import begin_course
from training_materials.actions.libraries import install_libraries
from training_materials.actions.moderation import decide_course, may_decide, submit_course
from training_materials.actions.packages import (
    discard_upload,
    fail_upload,
    order_libraries,
    read_upload,
    resume_uploads,
    upload_package,
)
from training_materials.actions.publishing import COLLECTION, WORKFLOW, save_topic, set_up_publishing
from training_materials.actions.steps import begin_step, carry_out_outline, copy_course, copy_step, place_step, take_out
from training_materials.actions.versions import add_version, delete_package

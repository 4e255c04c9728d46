"""What is written in the registers of the movement."""

from movement.actions.plans import (
    Task,
    act_on_task,
    add_paper,
    add_task,
    change_task,
    copy_template,
    keep_template_task,
    load_template,
    open_plan,
    remove_paper,
    remove_task,
    remove_template_task,
    sweep_papers,
)
from movement.actions.proposals import (
    Said,
    acts_open_to,
    answer,
    erase_proposals,
    hide,
    join,
    move_proposals,
    part,
    propose,
    propose_for_unit,
    publish,
    send_on,
    withdraw,
)

"""The rows of the process room: published definitions, runs, automations, and the work items in cartables."""

from shenava.process.models.automations import Automation, Firing, Measure
from shenava.process.models.definitions import FinalVersionError, Process, ProcessVersion
from shenava.process.models.moving import Migration, MigrationItem
from shenava.process.models.running import Incident, Instance, RunEvent, Subscription, Timer
from shenava.process.models.tables import DecisionTable, FinalTableError, TableVersion
from shenava.process.models.work import WorkItem, WorkItemQuerySet

__all__ = [
    "Automation",
    "DecisionTable",
    "FinalTableError",
    "FinalVersionError",
    "Firing",
    "Incident",
    "Instance",
    "Measure",
    "Migration",
    "MigrationItem",
    "Process",
    "ProcessVersion",
    "RunEvent",
    "Subscription",
    "TableVersion",
    "Timer",
    "WorkItem",
    "WorkItemQuerySet",
]

"""The `@action` of people."""

from shenava.journal.actions import Room, action_for
from shenava.people import policy

ROOM = Room("people", may=policy.may)
action = action_for(ROOM)
MENU = ROOM.menu
STREAM = "people"

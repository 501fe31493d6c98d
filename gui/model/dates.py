"""Times as people read them.  The clock's own time zone; `now` is an argument."""

from datetime import datetime


def clock(time: float) -> str:
    """'14:32'."""
    return datetime.fromtimestamp(time).strftime("%H:%M")


def day(time: float) -> int:
    """A number that is the same for all times of one day."""
    return datetime.fromtimestamp(time).toordinal()


def day_name(time: float, now: float) -> str:
    """'Today', 'Yesterday' or 'Sunday, 22 November', with the year if it is another one."""
    then, today = datetime.fromtimestamp(time), datetime.fromtimestamp(now)
    passed = today.toordinal() - then.toordinal()
    if passed in (0, 1):
        return ("Today", "Yesterday")[passed]
    text = f"{then:%A}, {then.day} {then:%B}"
    return text if then.year == today.year else f"{text} {then.year}"


def brief(time: float, now: float) -> str:
    """For the list: the clock for today, the weekday for this week, else the date."""
    then, today = datetime.fromtimestamp(time), datetime.fromtimestamp(now)
    passed = today.toordinal() - then.toordinal()
    if passed == 0:
        return then.strftime("%H:%M")
    if 0 < passed < 7:
        return then.strftime("%a")
    return f"{then.day} {then:%b}" if then.year == today.year else then.strftime("%d.%m.%y")

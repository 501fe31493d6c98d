"""Times as people read them.  The clock's own time zone; `now` is an argument."""

from datetime import datetime


def clock(time: float, *, twelve: bool = False) -> str:
    """'14:32', or '2:32 PM' on a clock of twelve hours."""
    then = datetime.fromtimestamp(time)
    if not twelve:
        return then.strftime("%H:%M")
    return f"{(then.hour - 1) % 12 + 1}:{then:%M} {'AM' if then.hour < 12 else 'PM'}"


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


def full(time: float) -> str:
    """'Sunday, 22 November 2026, 14:32:05'."""
    then = datetime.fromtimestamp(time)
    return f"{then:%A}, {then.day} {then:%B} {then.year}, {then:%H:%M:%S}"


def brief(time: float, now: float, *, twelve: bool = False) -> str:
    """For the list: the clock for today, the weekday for this week, else the date."""
    then, today = datetime.fromtimestamp(time), datetime.fromtimestamp(now)
    passed = today.toordinal() - then.toordinal()
    if passed == 0:
        return clock(time, twelve=twelve)
    if 0 < passed < 7:
        return then.strftime("%a")
    return f"{then.day} {then:%b}" if then.year == today.year else then.strftime("%d.%m.%y")


def span(seconds: float) -> str:
    """'a moment', '40 seconds', '5 minutes', '3 hours', '2 days'."""
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        if seconds >= length:
            count = int(seconds // length)
            return f"{count} {unit}{'s' * (count != 1)}"
    return "a moment"


def full_date(time: float) -> str:
    """'22 November 2026'."""
    then = datetime.fromtimestamp(time)
    return f"{then.day} {then:%B} {then.year}"

"""Work done later or by the clock: leases, retries, a timetable, jobs a person must see."""

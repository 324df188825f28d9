// Package workday answers one question: when is a term over?
//
// Terms of the ministry run in working days: 行政许可法 art. 82 counts working
// days without statutory holidays, and 民法典 art. 201 to 203 leave out the day
// of the event and end a term at 24:00 of its last day. All days are days in
// Asia/Shanghai; all instants that this package returns are in UTC.
//
// # The calendar
//
// A [Calendar] is an immutable value with a version. What it says about a day
// comes from the first of these that speaks of it:
//
//	manual > imported > builtin > statutory > weekday rule
//
// A year is official once the State Council's notice for it is known. Any other
// year is provisional: it is computed from the weekends and, for the years whose
// lunar dates are listed in this package, from the 13 statutory days of
// 全国年节及纪念日放假办法 (2024). Every result that leans on such a year says so.
//
// # The clock
//
// A due instant is the 24:00 of the last day, that is 00:00 of the day after it:
// at that instant, and not before, the term has run out. [DueDate] leads back to
// the last day, and is what people should be shown.
//
// The clock may stand still. A working day stood still if the clock was standing
// when the day began; so a suspension adds back the working days after the day
// of the suspension, up to and including the day of the resumption. Suspending
// and resuming on one day adds nothing, and the days remaining on resumption are
// the days that remained on suspension. The day that a term is suspended on has
// already begun and stays counted, as the day of an event is not counted and
// counting starts with the next one. Only a term that would be over by then, one
// suspended on its last day and resumed on a day of rest, gets a day more.
//
// When the calendar changes, an open term is lengthened if the new calendar says
// so, and never shortened: see [Recompute].
package workday

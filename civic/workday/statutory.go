package workday

import "time"

// A lunarYear holds the days of a year that follow the moon or the sun. They are
// facts of astronomy, listed because the calculation is longer than the list.
type lunarYear struct {
	year       int
	eve        Date // 除夕, from which the four days of 春节 run
	qingming   Date
	dragonBoat Date
	midAutumn  Date
}

// statutoryYears are the years whose lunar dates are known ahead of a notice.
var statutoryYears = []lunarYear{
	lunar(2027, "02-05", "04-05", "06-09", "09-15"),
	lunar(2028, "01-25", "04-04", "05-28", "10-03"),
	lunar(2029, "02-12", "04-04", "06-16", "09-22"),
	lunar(2030, "02-02", "04-05", "06-05", "09-12"),
}

func lunar(year int, eve, qingming, dragonBoat, midAutumn string) lunarYear {
	in := func(monthDay string) Date {
		t, err := time.Parse("01-02", monthDay)
		if err != nil {
			panic(err) // the list above is wrong; seen at start-up
		}
		return NewDate(year, t.Month(), t.Day())
	}
	return lunarYear{year, in(eve), in(qingming), in(dragonBoat), in(midAutumn)}
}

// days returns the statutory days of the year without the days that a notice
// would move: 《全国年节及纪念日放假办法》第二条, 13 days. Two festivals may share a
// day, as 国庆节 and 中秋节 do in 2028; it is then listed once.
func (y lunarYear) days() []Day {
	var days []Day
	add := func(name string, first Date, n int) {
		for i := range n {
			d := first.AddDays(i)
			taken := false
			for _, day := range days {
				taken = taken || day.Date == d
			}
			if !taken {
				days = append(days, Day{Date: d, Kind: Holiday, Name: name, Source: SourceStatutory})
			}
		}
	}
	add("元旦", NewDate(y.year, time.January, 1), 1)
	add("春节", y.eve, 4)
	add("清明节", y.qingming, 1)
	add("劳动节", NewDate(y.year, time.May, 1), 2)
	add("端午节", y.dragonBoat, 1)
	add("国庆节", NewDate(y.year, time.October, 1), 3)
	add("中秋节", y.midAutumn, 1)
	return days
}

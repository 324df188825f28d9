package civic

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	wholeNumber = regexp.MustCompile(`^-?[0-9]{1,9}$`)
	fenNumber   = regexp.MustCompile(`^[0-9]{1,15}$`)
	decimalText = regexp.MustCompile(`^[0-9]{1,7}(\.[0-9]{1,4})?$`)
	choiceText  = regexp.MustCompile(`^[a-z][a-z0-9_]{0,59}$`)
	clockText   = regexp.MustCompile(`^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$`)
)

// valueForms says for each unit of a parameter what its value looks like; a list is looked at item by item.
var valueForms = map[string]func(string, *Atlas) bool{
	"wd": func(v string, _ *Atlas) bool {
		n, err := strconv.Atoi(v)
		return err == nil && wholeNumber.MatchString(v) && -250 <= n && n <= 2500
	},
	"days": count(36500), "months": count(1200), "years": count(100), "count": count(1_000_000), "points": count(1000),
	"hours": count(10_000), "percent": count(100),
	"fen":       func(v string, _ *Atlas) bool { return fenNumber.MatchString(v) },
	"m2":        func(v string, _ *Atlas) bool { return decimalText.MatchString(v) },
	"ratio":     func(v string, _ *Atlas) bool { return decimalText.MatchString(v) },
	"persons":   func(v string, _ *Atlas) bool { return decimalText.MatchString(v) },
	"bool":      func(v string, _ *Atlas) bool { return v == "true" || v == "false" },
	"choice":    func(v string, _ *Atlas) bool { return choiceText.MatchString(v) },
	"clock":     func(v string, _ *Atlas) bool { return clockText.MatchString(v) },
	"month_day": func(v string, _ *Atlas) bool { _, err := time.Parse("2006-01-02", "2024-"+v); return err == nil },
	"units":     func(v string, a *Atlas) bool { _, ok := a.Unit(v); return ok },
}

func count(most int) func(string, *Atlas) bool {
	return func(v string, _ *Atlas) bool {
		n, err := strconv.Atoi(v)
		return err == nil && wholeNumber.MatchString(v) && 0 <= n && n <= most
	}
}

// CheckValue refuses a value that is not of the parameter's unit: no rule may meet a value that it cannot read.
func CheckValue(unit, value string, atlas *Atlas) error {
	fits, ok := valueForms[unit]
	items := strings.Split(value, "|")
	if ok && len(items) <= 50 {
		for _, item := range items {
			ok = ok && fits(item, atlas)
		}
		if ok {
			return nil
		}
	}
	return Refuse(Invalid, "bad_value", "参数值与单位不符。", "The value does not fit the parameter's unit.").At("value").With("unit", unit)
}

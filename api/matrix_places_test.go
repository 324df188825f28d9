package api

import (
	"fmt"
	"strings"
	"time"
)

// changePlace asks for a change on a day of its own: two on one day would not be in order.
func changePlace(path string, body any) func(*grid, *cell) request {
	return func(g *grid, c *cell) request {
		day := g.store.Now().AddDate(0, 1, c.n).Format(time.DateOnly)
		switch b := body.(type) {
		case Renaming:
			b.From = day
			return request{path: path, body: b}
		case Moving:
			b.From = day
			return request{path: path, body: b}
		}
		return request{path: path, body: body}
	}
}

func newPlace(path string) func(*grid, *cell) request {
	return func(_ *grid, c *cell) request {
		key := fmt.Sprintf("new-%d", c.n)
		if path == "/regions" {
			return request{path: path, body: NewRegion{Key: key, Name: "新设社区", Level: "township", Kind: "street", Parent: "cz-tianning", Source: "常政发"}}
		}
		return request{path: path, body: NewUnit{Key: key, Name: "新设单位", Level: "city", Kind: "department", Source: "常编"}}
	}
}

func newPerson(_ *grid, c *cell) request {
	return request{path: "/people", body: NewPerson{ID: fmt.Sprintf("newcomer-%d", c.n), Name: "新人"}}
}

// exports reports whether a file holds the case of the cell.
func exports(_ *grid, c *cell, a answer) bool {
	return strings.Contains(sheetText(a.body), c.plot.number)
}

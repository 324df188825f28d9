package civic

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lizheng/civic/names"
	"lizheng/civic/workday"
)

// stockMoves is the table of changes of state. A misused room is put right before it serves again; what is demolished leaves the
// register through the case that replaced it (domain 5.2, D19 and D20).
var stockMoves = map[StockState][]StockState{
	RoomInUse:      {RoomVacant, RoomMisused},
	RoomVacant:     {RoomInUse, RoomMisused},
	RoomMisused:    {RoomRectifying},
	RoomRectifying: {RoomInUse, RoomVacant, RoomMisused},
}

// canBecome refuses a change of state that the table does not know.
func (s StockState) canBecome(to StockState, field string) *Error {
	switch {
	case s == to || slices.Contains(stockMoves[s], to):
		return nil
	case to == RoomDemolished:
		return Refuse(Conflict, "replace_first", "用房拆除前应先置换，请通过项目或存量补足办理。", "A room is replaced before it is demolished: through its project, or by making up the stock.").At(field).By("D20")
	case s == RoomMisused:
		return Refuse(Conflict, "rectify_first", "被挪用的用房应先整改。", "A misused room is put right first.").At(field).By("D19")
	}
	return Refuse(Conflict, "no_such_move", "使用状态不能这样变更。", "The state cannot change in this way.").At(field).With("from", string(s)).With("to", string(to))
}

// room reads a room that stands, with the names around it.
func (d *Desk) room(ctx context.Context, who Actor, id string) (StockRoom, lexicon, error) {
	if err := d.may(ctx, who, "stock", "read"); err != nil {
		return StockRoom{}, lexicon{}, err
	}
	f, err := d.Record.StockFile(ctx, id)
	if err != nil {
		return StockRoom{}, lexicon{}, err
	}
	words, err := d.lexicon(ctx)
	return f.Room, words, err
}

func errGone() *Error {
	return Refuse(Conflict, "room_gone", "该用房已不在台账中。", "The room is not in the register any more.")
}

// ChangeRoom changes what a room is used for, its state, station, signs or paper, from today on.
func (d *Desk) ChangeRoom(ctx context.Context, who Actor, key, id string, seen int, c RoomChange) (StockLine, error) {
	r, words, err := d.room(ctx, who, id)
	if err != nil {
		return StockLine{}, err
	}
	o := order{object: "stock", act: "change", key: key, about: "room:" + r.ID, subject: words.roomSubject(r), content: map[string]any{"seen": seen, "change": c}}
	changed, err := carry(ctx, d, who, o, func(deed Deed) (StockRoom, error) {
		return d.Record.ChangeStock(ctx, deed, r.ID, seen, c.Reason, func(now StockRoom, today workday.Date) (StockRoom, error) { return now.changed(c, today) })
	})
	if err != nil {
		return StockLine{}, err
	}
	return words.stockLine(changed), nil
}

// changed is the room as the change makes it, or why it cannot be.
func (r StockRoom) changed(c RoomChange, today workday.Date) (StockRoom, error) {
	next := r
	next.State, next.Uses, next.Station, next.Signs = c.State, c.Uses, c.Station, append([]string{}, c.Signs...)
	next.Owner, next.TitleKind, next.TitleNumber, next.Until = c.Owner, c.TitleKind, c.TitleNumber, workday.Date{}
	if c.Until != "" {
		day, err := workday.ParseDate(c.Until)
		if err != nil || day.Before(today) {
			return r, Refuse(Invalid, "bad_date", "终止日期应为今天或以后。", "The end is today or later.").At("until")
		}
		next.Until = day
	}
	switch {
	case !r.Stands(today):
		return r, errGone()
	case strings.TrimSpace(c.Reason) == "" || names.ValidText(c.Reason, maxLine) != nil:
		return r, Refuse(Invalid, "reason_needed", "变更必须说明理由（500字以内）。", "A change needs a reason of at most 500 characters.").At("reason")
	}
	if e := r.State.canBecome(next.State, "state"); e != nil {
		return r, e
	}
	if faults := next.Faults(); len(faults) > 0 {
		first := *faults[0]
		first.Also = faults[1:]
		return r, &first
	}
	return next, nil
}

// PatrolRoom writes down what the street saw this quarter; InspectRoom what civil affairs saw this year. A room that stands
// otherwise than the register says is put right in it at once.
func (d *Desk) PatrolRoom(ctx context.Context, who Actor, key, id string, seen RoomSeen) (StockPatrol, error) {
	return d.lookAtRoom(ctx, who, key, id, "patrol", seen)
}

// InspectRoom is PatrolRoom for the yearly look of civil affairs.
func (d *Desk) InspectRoom(ctx context.Context, who Actor, key, id string, seen RoomSeen) (StockPatrol, error) {
	return d.lookAtRoom(ctx, who, key, id, "inspect", seen)
}

func (d *Desk) lookAtRoom(ctx context.Context, who Actor, key, id, act string, seen RoomSeen) (StockPatrol, error) {
	r, words, err := d.room(ctx, who, id)
	if err != nil {
		return StockPatrol{}, err
	}
	o := order{object: "stock", act: act, key: key, about: "room:" + r.ID, subject: words.roomSubject(r), content: seen}
	return carry(ctx, d, who, o, func(deed Deed) (StockPatrol, error) {
		unit, err := d.grantUnit(ctx, who, deed.Permit.Grant)
		if err != nil {
			return StockPatrol{}, err
		}
		p := StockPatrol{ID: NewID(deed.ID, "patrol"), Room: r.ID, Kind: "year", Found: seen.Found, Note: seen.Note, Person: who.Person, Unit: unit}
		if act == "patrol" {
			p.Kind = "quarter"
		}
		return d.Record.PatrolStock(ctx, deed, p, seen.of)
	})
}

// of is the room as it was seen on the spot.
func (s RoomSeen) of(r StockRoom, today workday.Date) (StockRoom, error) {
	next := r
	next.State = s.Found
	switch {
	case !r.Stands(today):
		return r, errGone()
	case names.ValidText(s.Note, maxText) != nil:
		return r, errCharacter("note")
	case s.Found == RoomDemolished || !wordKnown(StockStates, string(s.Found)):
		return r, Refuse(Invalid, "unknown_state", "请选择巡查结果。", "Choose what was found.").At("found")
	case s.Found != r.State && strings.TrimSpace(s.Note) == "":
		return r, Refuse(Invalid, "reason_needed", "巡查结果与台账不符时须说明情况。", "What differs from the register needs a note.").At("note")
	}
	if e := r.State.canBecome(s.Found, "found"); e != nil {
		return r, e
	}
	return next, nil
}

// grantUnit is the unit in which somebody acts.
func (d *Desk) grantUnit(ctx context.Context, who Actor, grant string) (string, error) {
	seats, err := d.Policy.Seats(ctx, who)
	if err != nil {
		return "", err
	}
	for _, s := range seats {
		if s.Grant == grant {
			return s.Seat.Unit, nil
		}
	}
	return "", fmt.Errorf("%s acts under a grant without a seat: %s", who.Person, grant)
}

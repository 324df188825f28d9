package selection

import "fmt"

// RankUnits ranks the units themselves for the title of an advanced area: at most the
// rule's titles, of which the leading group may give fewer. Nobody is in reserve. Equal
// totals are broken by the rule; [UnitTieBreaks] are the proposed ones. To be published
// it is an [Appraisal] with the city as its one unit and so many titles.
func RankUnits(r Rule, proposed int64, units []Candidate) ([]Place, error) {
	if proposed > r.Titles {
		return nil, fmt.Errorf("%d of at most %d titles cannot be given", proposed, r.Titles)
	}
	return Rank(r, Seats{Quota: proposed}, units)
}

// UnitTieBreaks are the proposed tie-breaks between units.
func UnitTieBreaks() []TieBreak {
	return []TieBreak{{"satisfaction", More}, {"upheld_complaints", Less}}
}

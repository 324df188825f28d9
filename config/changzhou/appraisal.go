package changzhou

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"

	"lizheng/civic"
)

//go:embed appraisal.json
var appraisalFile []byte

// loadAppraisal reads the guiding standard, whose weights are a proposal, and the sample commendation projects: one for the communities, one for the districts.
func (p *Profile) loadAppraisal() error {
	var file struct {
		Standards []civic.Standard `json:"standards"`
		Projects  []civic.Project  `json:"projects"`
	}
	d := json.NewDecoder(bytes.NewReader(appraisalFile))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		return fmt.Errorf("read appraisal.json: %w", err)
	}
	for _, s := range file.Standards {
		if err := s.Storable(); err != nil {
			return fmt.Errorf("appraisal.json: %s: %w", s.ID, err)
		}
		if err := s.Whole(); err != nil {
			return fmt.Errorf("appraisal.json: %s: %w", s.ID, err)
		}
	}
	p.Standards, p.Projects = file.Standards, file.Projects
	return nil
}

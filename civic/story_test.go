package civic

import (
	"testing"
)

func TestAnOrdinaryCaseComesIntoForce(t *testing.T) {
	t.Parallel()
	at(t, InForce, form())
}
func TestVote(t *testing.T) {
	t.Parallel()
	at(t, InForce, dear())
}

package api

import (
	"context"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// GetAct handles GET /acts/:key.
func (s *server) GetAct(c *gin.Context, key Key) {
	visitOf(c).key = key
	receipt, err := s.stored(c.Request.Context(), who(c), key)
	switch {
	case err != nil:
		s.fail(c, err)
	case receipt == nil: // done, and no act on a case: the same request again hears its answer
		s.done(c, nil)
	default:
		tag(c, receipt.Version)
		s.answer(c, receipt, nil)
	}
}

// stored is the answer to one of the actor's own acts, nil for what was done and is no act on a case. Nobody else's can be asked for: keys belong to their person.
func (s *server) stored(ctx context.Context, who civic.Actor, key string) (*civic.Receipt, error) {
	outcome, err := s.o.Desk.Record.Answer(ctx, who.Person, key)
	switch {
	case err != nil:
		return nil, err
	case outcome == nil:
		return nil, civic.Refuse(civic.NotFound, "no_answer_yet", "该操作编号尚无结果：请稍后再查，或以同一编号重新提交。",
			"There is no answer under this key, or not yet: ask again, or send the same request with the same key.")
	case outcome.Refusal != nil:
		return nil, outcome.Refusal
	}
	return outcome.Receipt, nil
}

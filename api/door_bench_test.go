package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/stretchr/testify/require"
)

// BenchmarkDoor is what the checks of a decision cost before the desk is asked: reading, strict JSON, the document.
func BenchmarkDoor(b *testing.B) {
	operations, err := contract()
	require.NoError(b, err)
	op := operations["POST "+base+"/tasks/:id/decision"]
	s := &server{}
	b.ReportAllocs()
	for b.Loop() {
		c, _ := gin.CreateTestContext(httptest.NewRecorder())
		c.Request = httptest.NewRequest(http.MethodPost, base+"/tasks/"+nobodysID+"/decision",
			strings.NewReader(`{"outcome":"return","opinion":"材料不全。","details":{"gaps":["缺少设立依据原文","缺少合法性审查意见"]}}`))
		c.Request.Header.Set("Content-Type", "application/json")
		c.Request.Header.Set("Idempotency-Key", nobodysID)
		c.Params = gin.Params{{Key: "id", Value: nobodysID}}
		c.Set(visitKey, &visit{})
		require.NoError(b, s.readBody(c, op))
		require.NoError(b, s.matchDocument(c, op))
		var d Decision
		require.True(b, s.read(c, &d))
	}
}

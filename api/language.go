package api

import (
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
)

const (
	chinese = "zh-CN"
	english = "en"
)

// language is the one that the client prefers of ours: Chinese unless English ranks above it.
func language(c *gin.Context) string {
	zh, en := 0.0, 0.0
	for part := range strings.SplitSeq(c.GetHeader("Accept-Language"), ",") {
		tag, q, found := strings.Cut(strings.TrimSpace(part), ";")
		weight := 1.0
		if found {
			value, ok := strings.CutPrefix(strings.TrimSpace(q), "q=")
			parsed, err := strconv.ParseFloat(value, 64)
			if !ok || err != nil {
				continue
			}
			weight = parsed
		}
		switch primary, _, _ := strings.Cut(strings.ToLower(tag), "-"); primary {
		case "zh":
			zh = max(zh, weight)
		case "en":
			en = max(en, weight)
		}
	}
	if en > zh {
		return english
	}
	return chinese
}

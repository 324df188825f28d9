package chaos

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLogsAlarmOfWhatOursDidWrongAndNotOfAFrozenWorker(t *testing.T) {
	t.Parallel()
	for line, alarm := range map[string]bool{
		`{"level":"ERROR","msg":"panic","stack":"goroutine 702 [running]"}`: true,
		`WARNING: DATA RACE`:                             true,
		`[TMPRL1100] lookup failed for scheduledEventID`: true,
		`nondeterministic workflow definition or change`: true,
		`"msg":"Workflow panic","Error":"[TMPRL1101] Potential deadlock detected: workflow goroutine \"act\" didn't yield for over 1s"`: false,
		`{"msg":"service failures","stacktrace":"go.temporal.io/server/common/rpc.(*ServiceErrorInterceptor).capturePanicHandler"}`:     false,
	} {
		require.Equal(t, alarm, alarms([]byte(line)), line)
	}
}

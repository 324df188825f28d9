package postgres

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// AddAttachment puts a file to a case that is not over. The bytes have been stored elsewhere, under the digest.
func (s *Store) AddAttachment(ctx context.Context, deed civic.Deed, caseID string, a civic.NewAttachment) (civic.Attachment, error) {
	sum, err := hex.DecodeString(a.SHA256)
	if err != nil || !isID(caseID) {
		return civic.Attachment{}, civic.ErrNotFound()
	}
	out := civic.Attachment{ID: civic.NewID("attachment", deed.ID), Case: caseID, Name: a.Name, MediaType: a.MediaType, Size: a.Size, SHA256: a.SHA256, AddedBy: deed.Actor.Person}
	note(&deed, "attachment", out.ID)
	note(&deed, "sha256", a.SHA256)
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.Attachment, error) {
		state, err := lockedState(ctx, q, caseID)
		if err != nil {
			return out, err
		}
		if state.Over() {
			return out, civic.Refuse(civic.Conflict, "not_editable", "事项已办结，不能再添加附件。", "The case is over; nothing is added to it.").With("state", string(state))
		}
		n, err := q.CountFiles(ctx, caseID)
		if err != nil {
			return out, fmt.Errorf("count the files of case %s: %w", caseID, err)
		}
		if n >= civic.MaxAttachments {
			return out, civic.Refuse(civic.Conflict, "too_many_files", "附件数量已达上限。", "The case has as many files as it may.").With("max", civic.MaxAttachments)
		}
		out.AddedAt, err = q.InsertFile(ctx, rows.InsertFileParams{ID: out.ID, CaseID: caseID, Name: a.Name, MediaType: a.MediaType, Size: a.Size, Sha256: sum, AddedBy: out.AddedBy})
		if err != nil {
			return out, fmt.Errorf("add a file to case %s: %w", caseID, err)
		}
		return out, nil
	})
}

// lockedState locks a case and reads its state.
func lockedState(ctx context.Context, q *rows.Queries, caseID string) (civic.State, error) {
	state, err := q.LockCaseState(ctx, caseID)
	if err != nil {
		return "", fmt.Errorf("lock case %s: %w", caseID, absent(err))
	}
	return civic.State(state), nil
}

// Attachments are the files of a case, oldest first.
func (s *Store) Attachments(ctx context.Context, caseID string) ([]civic.Attachment, error) {
	if !isID(caseID) {
		return nil, civic.ErrNotFound()
	}
	list, err := s.q.FilesOf(ctx, caseID)
	if err != nil {
		return nil, fmt.Errorf("list the files of case %s: %w", caseID, err)
	}
	out := make([]civic.Attachment, len(list))
	for i, r := range list {
		out[i] = attachmentOf(r)
	}
	return out, nil
}

// Attachment is one file that has not been removed.
func (s *Store) Attachment(ctx context.Context, id string) (civic.Attachment, error) {
	if !isID(id) {
		return civic.Attachment{}, civic.ErrNotFound()
	}
	r, err := s.q.FileRow(ctx, id)
	if err != nil {
		return civic.Attachment{}, fmt.Errorf("read file %s: %w", id, absent(err))
	}
	return attachmentOf(r), nil
}

// RemoveAttachment takes a file off a draft, or off a returned request; what was decided on stays.
func (s *Store) RemoveAttachment(ctx context.Context, deed civic.Deed, id string) error {
	a, err := s.Attachment(ctx, id)
	if err != nil {
		return err
	}
	_, err = perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (struct{}, error) {
		state, err := lockedState(ctx, q, a.Case)
		if err != nil {
			return struct{}{}, err
		}
		if state != civic.Draft && state != civic.Returned {
			return struct{}{}, civic.Refuse(civic.Conflict, "not_editable", "申请已提交，不能修改。", "The request has been submitted and can no longer be changed.").With("state", string(state))
		}
		n, err := q.RemoveFile(ctx, id)
		if err == nil && n == 0 {
			err = civic.ErrNotFound()
		}
		return struct{}{}, err
	})
	return err
}

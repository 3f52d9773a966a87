package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// quizDays is for how long a quiz is kept: as long as it says when there can be another.
const quizDays = int64(moderation.PassedFor / (24 * time.Hour))

// loadLearning reads what a quiz and a welcome depend on.
func (u memberTx) loadLearning(d *moderation.Docket, chat int64, key moderation.Key) error {
	if key.Quiz {
		quiz, err := u.quiz(chat, key.Actor)
		if err != nil {
			return err
		}
		d.Quiz = moderation.Loaded(moderation.QuizView{Quiz: quiz, Dice: dice()})
	}
	if key.Queue {
		queue, err := u.queue(chat)
		if err != nil {
			return err
		}
		d.Queue = moderation.Loaded(queue)
	}
	return nil
}

// dice are numbers that nobody can foresee.
func dice() moderation.Dice {
	var d moderation.Dice
	for i := range d {
		d[i] = chance()
	}
	return d
}

// queue is how many rows of a group wait to be told to single persons.
func (u memberTx) queue(chat int64) (int, error) {
	var n int
	err := u.Row(`SELECT count(*) FROM outbox WHERE chat = ? AND class = ? AND held = 0 AND due <= ?`,
		chat, moderation.Personal, u.now.Unix()).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count what waits: %w", err)
	}
	return n, nil
}

func (u memberTx) quiz(chat, user int64) (moderation.Quiz, error) {
	var q moderation.Quiz
	var sealed []byte
	err := u.Row(`SELECT sealed FROM quiz WHERE chat = ? AND tag = ?`, chat, u.s.key.Tag(tagQuiz, chat, user)).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return q, nil
	}
	if err == nil {
		err = u.s.openJSON(sealQuiz, sealed, &q)
	}
	if err != nil {
		return q, fmt.Errorf("read a quiz: %w", err)
	}
	return q, nil
}

func (u memberTx) saveQuiz(chat, user int64, q moderation.Quiz) error {
	plain, err := marshalPadded(quizSize, q)
	if err != nil {
		return fmt.Errorf("write a quiz: %w", err)
	}
	u.Later("keep a quiz", `INSERT INTO quiz (chat, tag, sealed, day) VALUES (?, ?, ?, ?)
		ON CONFLICT (chat, tag) DO UPDATE SET sealed = excluded.sealed, day = excluded.day`,
		chat, u.s.key.Tag(tagQuiz, chat, user), u.s.key.Seal(sealQuiz, plain), moderation.DayOf(u.now))
	u.notePerson(chat, user, keptFor(u.today(), quizDays, week))
	return nil
}

//! The one thread that writes. Marks go ahead of everything else in its queue.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

use super::StoreError;

/// How soon a write is due, and how safe it must be before it is called done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Urgency {
    /// What the reader did: next in line, on disk before it is acknowledged.
    Mark,
    /// What a refresh brought: behind all marks, could be fetched again.
    Content,
}

type Work = Box<dyn FnOnce(&mut Connection) + Send>;

struct Job {
    urgency: Urgency,
    work: Work,
}

/// Hands work to the writing thread and ends it when dropped.
pub(super) struct Writer {
    path: PathBuf,
    jobs: Option<mpsc::Sender<Job>>,
    closing: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread that owns the connection from now on.
    pub(super) fn start(path: &Path, conn: Connection) -> Writer {
        let (jobs, queue) = mpsc::channel();
        let closing = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&closing);
        let thread = std::thread::Builder::new()
            .name("store".into())
            .spawn(move || serve(conn, &queue, &seen))
            .expect("the system can start a thread");
        Writer { path: path.to_owned(), jobs: Some(jobs), closing, thread: Some(thread) }
    }

    /// Looks at something on the writing connection, without a transaction.
    pub(super) async fn look<T: Send + 'static>(
        &self,
        urgency: Urgency,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.run(urgency, move |conn| work(conn)).await
    }

    /// Runs the work as one transaction and waits for its commit.
    pub(super) async fn transact<T: Send + 'static>(
        &self,
        urgency: Urgency,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.run(urgency, move |conn| in_transaction(conn, urgency, work)).await
    }

    async fn run<T: Send + 'static>(
        &self,
        urgency: Urgency,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let run: Work = Box::new(move |conn| {
            // Whoever asked may have left; the work is done all the same.
            drop(answer.send(work(conn)));
        });
        let jobs = self.jobs.as_ref().expect("open until dropped");
        jobs.send(Job { urgency, work: run }).map_err(|_| StoreError::Closed)?;
        match answered.await {
            Ok(result) => result.map_err(|error| StoreError::of(&self.path, &error)),
            Err(_) => Err(StoreError::Closed),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::Release);
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the store's thread panicked");
        }
    }
}

fn in_transaction<T>(
    conn: &mut Connection,
    urgency: Urgency,
    work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let synchronous = match urgency {
        Urgency::Mark => "full",
        Urgency::Content => "normal",
    };
    conn.pragma_update(None, "synchronous", synchronous)?;
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let result = work(&transaction)?;
    transaction.commit()?;
    Ok(result)
}

/// Works until every sender is gone. When closing, marks are still stored and content is dropped.
fn serve(mut conn: Connection, queue: &mpsc::Receiver<Job>, closing: &AtomicBool) {
    let mut marks = VecDeque::new();
    let mut content = VecDeque::new();
    let mut open = true;
    while open || !marks.is_empty() || !content.is_empty() {
        if open && marks.is_empty() && content.is_empty() {
            match queue.recv() {
                Ok(job) => enqueue(job, &mut marks, &mut content),
                Err(mpsc::RecvError) => open = false,
            }
        }
        loop {
            match queue.try_recv() {
                Ok(job) => enqueue(job, &mut marks, &mut content),
                Err(mpsc::TryRecvError::Empty) => break,
                Err(mpsc::TryRecvError::Disconnected) => {
                    open = false;
                    break;
                }
            }
        }
        if closing.load(Ordering::Acquire) {
            content.clear();
        }
        if let Some(work) = marks.pop_front().or_else(|| content.pop_front()) {
            work(&mut conn);
        }
    }
}

fn enqueue(job: Job, marks: &mut VecDeque<Work>, content: &mut VecDeque<Work>) {
    match job.urgency {
        Urgency::Mark => marks.push_back(job.work),
        Urgency::Content => content.push_back(job.work),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open;

    fn start() -> (tempfile::TempDir, Writer) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("library.db");
        let writer = Writer::start(&path, open::writer(&path).unwrap());
        (dir, writer)
    }

    #[tokio::test]
    async fn marks_overtake_content_that_waits() {
        let (_dir, writer) = start();
        let (order, seen) = mpsc::channel();
        let (open_gate, gate) = mpsc::channel::<()>();
        let first = writer.transact(Urgency::Content, move |_| {
            gate.recv().unwrap();
            Ok(())
        });
        let note = |name: &'static str| {
            let order = order.clone();
            move |_: &Transaction<'_>| {
                order.send(name).unwrap();
                Ok(())
            }
        };
        let content = writer.transact(Urgency::Content, note("content"));
        let mark = writer.transact(Urgency::Mark, note("mark"));
        let release = async { open_gate.send(()).unwrap() };
        let (a, b, c, ()) = tokio::join!(first, content, mark, release);
        assert!(a.is_ok() && b.is_ok() && c.is_ok());
        assert_eq!(seen.try_iter().collect::<Vec<_>>(), ["mark", "content"]);
    }

    #[tokio::test]
    async fn work_that_fails_leaves_nothing_behind() {
        let (_dir, writer) = start();
        let failed = writer
            .transact(Urgency::Content, |tx| {
                tx.execute("INSERT INTO folder (title) VALUES ('x')", [])?;
                tx.execute("INSERT INTO nowhere DEFAULT VALUES", [])
            })
            .await;
        assert!(matches!(failed, Err(StoreError::Refused { .. })));
        let count: i64 = writer
            .transact(Urgency::Content, |tx| tx.query_row("SELECT count(*) FROM folder", [], |r| r.get(0)))
            .await
            .unwrap();
        assert_eq!(count, 0);
    }
}

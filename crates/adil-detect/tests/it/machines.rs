//! A cluster on loopback: a scheduler and executors of Ballista, each with threads and a folder of its own.

use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use adil_detect::{Engine, Scheduler};
use ballista_core::JobId;
use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::execution_plans::ShuffleReaderExec;
use ballista_core::utils::default_session_builder;
use ballista_executor::execution_engine::{DefaultExecutionEngine, ExecutionEngine, QueryStageExecutor};
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;
use datafusion::error::{DataFusionError, Result as Answered};
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::object_store::memory::InMemory;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::prelude::SessionConfig;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

/// Bytes of a thread's stack: plans of long questions are deep.
const STACK: usize = 16 << 20;
const HOST: &str = "127.0.0.1";
/// Longer than any test: whether a cluster comes up is no question of time here.
pub(crate) const EVER: Duration = Duration::from_hours(1);
/// Without a sign of life for so long an executor is lost; far more than a loaded machine keeps a thread waiting.
const LOST: u64 = 20;

/// A task that an executor was given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Task {
    pub(crate) job: String,
    pub(crate) stage: usize,
    pub(crate) number: usize,
    pub(crate) executor: usize,
    /// The stages whose output it reads.
    pub(crate) reads: Vec<usize>,
}

/// How executors take their tasks.
#[derive(Debug)]
pub(crate) enum Conduct {
    /// They do them.
    Works,
    /// All tasks of the first job fail, or of every job.
    Fails { always: bool },
    /// One executor never begins the first task that reads what it wrote before, and says that it was given it.
    Hangs { told: Mutex<Option<Sender<Task>>> },
}

/// What all executors of a cluster have in common.
#[derive(Debug)]
pub(crate) struct Watch {
    conduct: Conduct,
    given: Mutex<Vec<Task>>,
}

impl Watch {
    /// The tasks that were given to executors so far, in that order.
    pub(crate) fn given(&self) -> Vec<Task> {
        self.given.lock().unwrap().clone()
    }

    fn take(&self, task: Task) -> Answered<()> {
        let mut given = self.given.lock().unwrap();
        let wrote =
            |t: &Task| (&t.job, t.executor) == (&task.job, task.executor) && task.reads.contains(&t.stage);
        let reads_its_own = given.iter().any(wrote);
        given.push(task.clone());
        match &self.conduct {
            Conduct::Fails { always } if *always || task.job == given[0].job => {
                Err(DataFusionError::Execution("a disk that is full".to_owned()))
            }
            Conduct::Works | Conduct::Fails { .. } => Ok(()),
            Conduct::Hangs { told } => {
                let told = if reads_its_own { told.lock().unwrap().take() } else { None };
                // The others go on.
                drop(given);
                let Some(told) = told else { return Ok(()) };
                told.send(task).unwrap();
                loop {
                    thread::park();
                }
            }
        }
    }
}

struct Watched {
    executor: usize,
    watch: Arc<Watch>,
    engine: DefaultExecutionEngine,
}

impl ExecutionEngine for Watched {
    fn create_query_stage_exec(
        &self,
        job_id: JobId,
        stage_id: usize,
        task_id: usize,
        global_output_partition_ids: Vec<usize>,
        plan: Arc<dyn ExecutionPlan>,
        work_dir: &str,
        config: &SessionConfig,
    ) -> Answered<Arc<dyn QueryStageExecutor>> {
        let job = job_id.as_str().to_owned();
        let reads = stages_read(plan.as_ref());
        let task = Task { job, stage: stage_id, number: task_id, executor: self.executor, reads };
        self.watch.take(task)?;
        let partitions = global_output_partition_ids;
        self.engine.create_query_stage_exec(job_id, stage_id, task_id, partitions, plan, work_dir, config)
    }
}

fn stages_read(plan: &dyn ExecutionPlan) -> Vec<usize> {
    let own = plan.downcast_ref::<ShuffleReaderExec>().map(|reader| reader.stage_id);
    own.into_iter().chain(plan.children().iter().flat_map(|child| stages_read(child.as_ref()))).collect()
}

/// An executor's threads, and its disk.
struct Machine {
    threads: Runtime,
    disk: TempDir,
}

/// A scheduler and its executors, which vanish with this.
pub(crate) struct Cluster {
    port: u16,
    scheduler: Option<Runtime>,
    executors: Vec<Option<Machine>>,
    pub(crate) watch: Arc<Watch>,
}

impl Cluster {
    /// With so many executors.
    pub(crate) fn start(executors: usize, conduct: Conduct) -> Self {
        Self::launch(executors, conduct, false)
    }

    /// Whose scheduler sees no file.
    pub(crate) fn blind() -> Self {
        Self::launch(1, Conduct::Works, true)
    }

    fn launch(executors: usize, conduct: Conduct, blind: bool) -> Self {
        let ports = free_ports(1 + 2 * executors);
        let watch = Arc::new(Watch { conduct, given: Mutex::default() });
        let scheduler = Some(serve_scheduler(ports[0], blind));
        let executors = (0..executors)
            .map(|number| {
                let engine = Watched {
                    executor: number,
                    watch: Arc::clone(&watch),
                    engine: DefaultExecutionEngine::new(),
                };
                Some(serve_executor(ports[0], [ports[1 + 2 * number], ports[2 + 2 * number]], engine))
            })
            .collect();
        Self { port: ports[0], scheduler, executors, watch }
    }

    /// As an engine that waits so long for executors.
    pub(crate) fn engine(&self, patience: Duration) -> Engine {
        Engine::Ballista(Scheduler::at(&format!("ballista://{HOST}:{}", self.port), patience).unwrap())
    }

    /// Cuts an executor off, as when its machine loses power: nobody is told, connections break, its disk is gone.
    pub(crate) fn kill(&mut self, executor: usize) {
        let machine = self.executors[executor].take().unwrap();
        machine.threads.shutdown_background();
        machine.disk.close().unwrap();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for machine in self.executors.drain(..).flatten() {
            machine.threads.shutdown_background();
        }
        if let Some(scheduler) = self.scheduler.take() {
            scheduler.shutdown_background();
        }
    }
}

fn threads() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).thread_stack_size(STACK).enable_all().build().unwrap()
}

fn serve_scheduler(port: u16, blind: bool) -> Runtime {
    let mut config = SchedulerConfig {
        bind_host: HOST.to_owned(),
        external_host: HOST.to_owned(),
        bind_port: port,
        scheduling_policy: TaskSchedulingPolicy::PullStaged,
        executor_timeout_seconds: LOST,
        expire_dead_executor_interval_seconds: 1,
        ..SchedulerConfig::default()
    };
    if blind {
        config.override_session_builder = Some(Arc::new(|session| {
            let state = default_session_builder(session)?;
            let local = ObjectStoreUrl::local_filesystem();
            state.runtime_env().register_object_store(local.as_ref(), Arc::new(InMemory::new()));
            Ok(state)
        }));
    }
    let threads = threads();
    threads.spawn(async move {
        let cluster = BallistaCluster::new_from_config(&config).await.unwrap();
        let address = format!("{HOST}:{port}").parse().unwrap();
        start_server(cluster, address, Arc::new(config)).await.unwrap();
    });
    // It listens soon.
    while TcpStream::connect((HOST, port)).is_err() {
        thread::yield_now();
    }
    threads
}

fn serve_executor(scheduler: u16, [port, grpc_port]: [u16; 2], engine: Watched) -> Machine {
    let disk = tempfile::tempdir().unwrap();
    let config = ExecutorProcessConfig {
        bind_host: HOST.to_owned(),
        external_host: Some(HOST.to_owned()),
        port,
        grpc_port,
        scheduler_host: HOST.to_owned(),
        scheduler_port: scheduler,
        task_scheduling_policy: TaskSchedulingPolicy::PullStaged,
        vcores: 8,
        work_dir: Some(disk.path().to_str().unwrap().to_owned()),
        executor_heartbeat_interval_seconds: 1,
        override_execution_engine: Some(Arc::new(engine)),
        ..ExecutorProcessConfig::default()
    };
    let threads = threads();
    threads.spawn(async move { start_executor_process(Arc::new(config)).await.unwrap() });
    Machine { threads, disk }
}

/// Ports that nobody listens on.
pub(crate) fn free_ports(count: usize) -> Vec<u16> {
    let held: Vec<TcpListener> = (0..count).map(|_| TcpListener::bind((HOST, 0)).unwrap()).collect();
    held.iter().map(|listener| listener.local_addr().unwrap().port()).collect()
}

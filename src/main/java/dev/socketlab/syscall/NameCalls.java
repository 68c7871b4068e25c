package dev.socketlab.syscall;

import dev.socketlab.abi.AddrinfoError;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.NameinfoFlag;
import dev.socketlab.call.Addrinfos;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Netdb;
import dev.socketlab.network.HostNames;
import dev.socketlab.network.IsolatedNetwork;
import dev.socketlab.refusal.Reason;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Invocation;
import dev.socketlab.session.LimitException;
import dev.socketlab.session.LimitException.Limit;
import dev.socketlab.session.NotFoundException;
import dev.socketlab.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Names and addresses: getaddrinfo(3), freeaddrinfo(3), getnameinfo(3). A look-up blocks its thread
 * until the resolver answers, so look-ups have a few platform threads of their own, and a bounded
 * queue before those.
 */
final class NameCalls implements AutoCloseable {
    private static final int NUMERIC = NameinfoFlag.NI_NUMERICHOST | NameinfoFlag.NI_NUMERICSERV;

    private final Blocking blocking;
    private final ThreadPoolExecutor pool;
    private final LookupSource source = new LookupSource();

    NameCalls(Blocking blocking, int threads, int queue) {
        this.blocking = blocking;
        this.pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        10,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(queue),
                        Thread.ofPlatform().name("lookup-", 0).daemon(true).factory());
        pool.allowCoreThreadTimeOut(true);
    }

    /** A list found, and how. */
    private record Found(Netdb.Answer<List<Netdb.Addrinfo>> answer, Addrinfos.Lookup lookup) {}

    Result getaddrinfo(Invocation invocation, Call.Getaddrinfo call) {
        Session session = invocation.session();
        session.resources().addrinfos().check();
        if (session.network() instanceof IsolatedNetwork isolated) {
            return answer(session, find(isolated, call));
        }
        if (isNumeric(call)) {
            return answer(session, find(call));
        }
        return lookUp(
                invocation,
                () -> find(call),
                found ->
                        invocation.caller().presence().isGone()
                                ? failure(
                                        AddrinfoError.EAI_SYSTEM,
                                        Errno.EINTR,
                                        "the caller has gone")
                                : answer(session, found));
    }

    Result freeaddrinfo(Session session, Call.Freeaddrinfo call) {
        if (!session.resources().addrinfos().free(call.id())) {
            throw new NotFoundException(Reason.of("not-found.addrinfo-freed", call.id()));
        }
        return new Result.Nothing();
    }

    Result getnameinfo(Invocation invocation, Call.Getnameinfo call) {
        if (invocation.session().network() instanceof IsolatedNetwork isolated) {
            return answer(isolated.getnameinfo(call.addr(), call.flags()));
        }
        return (call.flags() & NUMERIC) == NUMERIC
                ? answer(Netdb.getnameinfo(call.addr(), call.flags()))
                : lookUp(
                        invocation,
                        () -> Netdb.getnameinfo(call.addr(), call.flags()),
                        NameCalls::answer);
    }

    private static Result answer(Netdb.Answer<Netdb.Nameinfo> answer) {
        return switch (answer) {
            case Netdb.Answer.Found<Netdb.Nameinfo>(Netdb.Nameinfo found) ->
                    new Result.Nameinfo(found);
            case Netdb.Answer.Failed<Netdb.Nameinfo>(int eai, Errno errno) ->
                    failure(eai, errno, null);
        };
    }

    /** Whether nothing is looked up, so that nothing can block. */
    private static boolean isNumeric(Call.Getaddrinfo call) {
        String node = call.node();
        String service = call.service();
        return (node == null || Netdb.isNumeric(node))
                && (service == null || service.matches("[0-9]+"));
    }

    /** Look-ups that have begun end when the resolver gives up. */
    @Override
    public void close() {
        pool.shutdownNow();
    }

    private Found find(Call.Getaddrinfo call) {
        long begin = System.nanoTime();
        Netdb.Answer<List<Netdb.Addrinfo>> answer =
                Netdb.getaddrinfo(call.node(), call.service(), call.hints());
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
        List<Netdb.Addrinfo> res =
                answer instanceof Netdb.Answer.Found<List<Netdb.Addrinfo>>(var list)
                        ? list
                        : List.of();
        return new Found(answer, new Addrinfos.Lookup(source.of(call.node(), res), elapsed));
    }

    /** On a network of the session's own nothing waits: there is no name server to ask. */
    private static Found find(IsolatedNetwork network, Call.Getaddrinfo call) {
        long begin = System.nanoTime();
        HostNames.Resolved resolved =
                network.getaddrinfo(call.host(), call.node(), call.service(), call.hints());
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
        Addrinfos.Source source =
                resolved.numeric() ? Addrinfos.Source.NUMERIC : Addrinfos.Source.FILES;
        return new Found(resolved.answer(), new Addrinfos.Lookup(source, elapsed));
    }

    private static Result answer(Session session, Found found) {
        return switch (found.answer()) {
            case Netdb.Answer.Found<List<Netdb.Addrinfo>>(var res) ->
                    new Result.AddrinfoList(
                            session.resources()
                                    .addrinfos()
                                    .keep(res, found.lookup())
                                    .orElseThrow(session::hasEnded));
            case Netdb.Answer.Failed<List<Netdb.Addrinfo>>(int eai, Errno errno) ->
                    failure(eai, errno, null);
        };
    }

    private static Result failure(int eai, Errno errno, @Nullable String because) {
        return new Result.AddrinfoFailure(
                eai, eai == AddrinfoError.EAI_SYSTEM ? errno : null, because);
    }

    /** What is done with the answer of a look-up, on the caller's thread. */
    private interface Answering<T> {
        Result answer(T found);
    }

    private <T> Result lookUp(Invocation invocation, Supplier<T> lookup, Answering<T> answering) {
        Session session = invocation.session();
        Caller caller = invocation.caller();
        CompletableFuture<T> future = new CompletableFuture<>();
        Runnable task = () -> complete(future, lookup);
        Runnable cancel = () -> future.cancel(false);
        try (Blocking.Permit _ = blocking.permit(invocation);
                Caller.Watch _ = session.onEnd(cancel);
                Caller.Watch _ = caller.presence().onGone(cancel)) {
            pool.execute(task);
            return answering.answer(future.get(caller.patience().toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException _) {
            throw new LimitException(Limit.LOOKUPS);
        } catch (TimeoutException _) {
            return failure(AddrinfoError.EAI_SYSTEM, Errno.EINTR, "the wait is over");
        } catch (InterruptedException | CancellationException _) {
            return failure(
                    AddrinfoError.EAI_SYSTEM,
                    Errno.EINTR,
                    "the wait was ended: the caller or the session is gone");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a look-up does not throw", e.getCause());
        } finally {
            future.cancel(false);
            pool.remove(task); // a look-up that nobody waits for need not begin
        }
    }

    private static <T> void complete(CompletableFuture<T> future, Supplier<T> lookup) {
        if (future.isDone()) {
            return;
        }
        try {
            future.complete(lookup.get());
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
        }
    }
}

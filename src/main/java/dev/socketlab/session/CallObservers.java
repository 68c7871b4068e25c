package dev.socketlab.session;

import dev.socketlab.call.Result;
import java.util.List;

/** Several observers of calls as one: they see what it sees, in their order. */
public record CallObservers(List<CallObserver> observers) implements CallObserver {
    @Override
    public void began(Invocation invocation) {
        observers.forEach(one -> one.began(invocation));
    }

    @Override
    public void ended(Invocation invocation, Result result, long nanos) {
        observers.forEach(one -> one.ended(invocation, result, nanos));
    }

    @Override
    public void refused(Invocation invocation, Throwable because) {
        observers.forEach(one -> one.refused(invocation, because));
    }

    @Override
    public void waitBegan(Invocation invocation) {
        observers.forEach(one -> one.waitBegan(invocation));
    }

    @Override
    public void waitEnded(Invocation invocation) {
        observers.forEach(one -> one.waitEnded(invocation));
    }
}

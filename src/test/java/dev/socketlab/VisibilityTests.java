package dev.socketlab;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.place.LabThreads;
import dev.socketlab.policy.JudgedAddress;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.session.CallObserver;
import dev.socketlab.session.CallObservers;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Invocation;
import dev.socketlab.session.LimitException;
import dev.socketlab.session.NotFoundException;
import dev.socketlab.session.NotOpenException;
import dev.socketlab.session.Observation;
import dev.socketlab.session.OpenFiles;
import dev.socketlab.session.OpenSocket;
import dev.socketlab.session.OptionReading;
import dev.socketlab.session.Session;
import dev.socketlab.session.SessionRegistry;
import dev.socketlab.session.SessionSettings;
import dev.socketlab.session.SocketDirectories;
import dev.socketlab.session.Waiting;
import dev.socketlab.syscall.Calls;
import dev.socketlab.wire.SwitchLoop;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.ProblemDetail;

/** What is public only because two rooms are one thing, and whom it is for. */
@AnalyzeClasses(packages = "dev.socketlab", importOptions = ImportOption.DoNotIncludeTests.class)
class VisibilityTests {
    @ArchTest
    static final ArchRule A_SESSIONS_PARTS =
            classes()
                    .that()
                    .resideInAPackage("dev.socketlab.session")
                    .and(
                            DescribedPredicate.not(
                                    belongToAnyOf(
                                            Session.class,
                                            SessionRegistry.class,
                                            SessionSettings.class,
                                            SocketDirectories.class,
                                            Observation.class,
                                            OpenSocket.class,
                                            OptionReading.class,
                                            OpenFiles.class,
                                            Caller.class,
                                            CallObserver.class,
                                            CallObservers.class,
                                            Invocation.class,
                                            Waiting.class,
                                            LimitException.class,
                                            NotFoundException.class,
                                            NotOpenException.class)))
                    .should()
                    .onlyHaveDependentClassesThat()
                    .resideInAnyPackage("dev.socketlab.session", "dev.socketlab.syscall")
                    .because(
                            "fds, their descriptions and their waits are changed by calls alone;"
                                    + " who looks on has an Observation");

    /** Also by a reference to a method or a constructor, which is no call. */
    private static ArchRule isOnlyFor(
            String[] rooms,
            Class<?> owner,
            DescribedPredicate<? super AccessTarget> which,
            String because) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .accessTargetWhere(target(owner(assignableTo(owner))).and(target(which)))
                .because(because);
    }

    private static String[] rooms(String... names) {
        return Stream.of(names).map(name -> "dev.socketlab." + name).toArray(String[]::new);
    }

    private static DescribedPredicate<AccessTarget> named(String... names) {
        return DescribedPredicate.describe(
                "are " + String.join(", ", names), one -> Set.of(names).contains(one.getName()));
    }

    private static final String[] CALLS = rooms("session", "syscall");

    @ArchTest
    static final ArchRule A_SESSIONS_CALLS =
            isOnlyFor(
                    CALLS,
                    Session.class,
                    named("resources", "nextCall", "beginCall", "endCall", "onEnd"),
                    "whoever begins a call must end it, and no other may count as one");

    @ArchTest
    static final ArchRule THE_COUNT_OF_FDS =
            isOnlyFor(
                    CALLS,
                    OpenFiles.class,
                    named("take", "tryTake", "giveBack", "checked"),
                    "what is taken is given back by the room that closes the fd");

    @ArchTest
    static final ArchRule WHAT_IS_OBSERVED =
            isOnlyFor(
                    CALLS,
                    CallObserver.class,
                    named(
                            Stream.of(CallObserver.class.getDeclaredMethods())
                                    .map(Method::getName)
                                    .toArray(String[]::new)),
                    "a call is seen where it is made, once, by all who see calls");

    @ArchTest
    static final ArchRule INTO_A_NAMESPACE =
            isOnlyFor(
                    rooms("place", "network"),
                    LabThreads.class,
                    named("startIn", "startInNew"),
                    "a task there must start no thread and wake nobody, which only the tasks of"
                            + " these two have been looked at for");

    @ArchTest
    static final ArchRule THE_WIRE =
            isOnlyFor(
                    rooms("wire", "network"),
                    SwitchLoop.class,
                    named("plugged", "close"),
                    "a TAP interface belongs to the host whose network closes it");

    @ArchTest
    static final ArchRule REFUSALS =
            isOnlyFor(
                    rooms("policy"),
                    PolicyException.class,
                    name("<init>"),
                    "every refusal is made where the policies stand, in one tone");

    @ArchTest
    static final ArchRule ANOTHER_WAY_TO_AN_ADDRESS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.socketlab.policy")
                    .and()
                    .doNotHaveSimpleName("Addressing")
                    .should()
                    .accessTargetWhere(
                            target(owner(assignableTo(JudgedAddress.class)))
                                    .and(target(name("by"))))
                    .because("who looks a judged name up in its directory keeps the judgement");

    @ArchTest
    static final ArchRule ADDRESSES =
            noClasses()
                    .that()
                    .resideInAPackage("dev.socketlab.syscall")
                    .and()
                    .doNotHaveSimpleName("Addressing")
                    .should()
                    .accessTargetWhere(
                            target(owner(assignableTo(SocketAddress.class)))
                                    .and(target(name("toBytes"))))
                    .because(
                            "the bytes of an address that go to the kernel are those that were"
                                    + " judged, so that nobody else writes an address as bytes");

    @ArchTest
    static final ArchRule PROBLEM_DOCUMENTS =
            isOnlyFor(
                    rooms("web.problem"),
                    ProblemDetail.class,
                    nameStartingWith("forStatus"),
                    "a failure has one status and one form, whichever door it left by");

    @ArchTest
    static final ArchRule SYSTEM_CALLS =
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.socketlab.web..", "dev.socketlab.json..")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Kernel.class)
                    .because("what makes a system call must know whose it is, and be counted");

    @ArchTest
    static final ArchRule CALLS_ARE_MADE_BY_CALLS =
            classes()
                    .that(
                            resideInAPackage("dev.socketlab.syscall")
                                    .and(DescribedPredicate.not(belongToAnyOf(Calls.class))))
                    .should()
                    .onlyHaveDependentClassesThat()
                    .resideInAPackage("dev.socketlab.syscall")
                    .because("a call is made by Calls, which looks up its fd and has it observed");
}

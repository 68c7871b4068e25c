package dev.socketlab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The table of rooms in ARCHITECTURE.md: which may know of which. */
@AnalyzeClasses(packages = "dev.socketlab", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {
    private static ArchRule uses(String name, String because, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = "dev.socketlab." + name + "..";
        for (int i = 0; i < others.length; i++) {
            allowed[i + 1] = "dev.socketlab." + others[i] + "..";
        }
        return classes()
                .that()
                .resideInAPackage("dev.socketlab." + name + "..")
                .should()
                .onlyDependOnClassesThat(
                        Predicates.resideOutsideOfPackages("dev.socketlab..")
                                .or(Predicates.resideInAnyPackage(allowed)))
                .because(because);
    }

    @ArchTest static final ArchRule ABI = uses("abi", "names and numbers need nothing");

    @ArchTest
    static final ArchRule REFUSAL = uses("refusal", "who refuses says why, whoever it is");

    @ArchTest
    static final ArchRule LINUX =
            uses("linux", "the system calls know nothing of who makes them", "abi");

    @ArchTest
    static final ArchRule READINESS =
            uses("readiness", "waiting needs fds and nothing else", "linux", "abi");

    @ArchTest
    static final ArchRule CALL =
            uses("call", "a call is data in the kernel's words", "linux", "abi");

    @ArchTest
    static final ArchRule JSON_VALUE =
            uses(
                    "json.value",
                    "a value is read the same in whichever call it stands",
                    "call",
                    "refusal",
                    "linux",
                    "abi");

    @ArchTest
    static final ArchRule JSON_FORM =
            uses(
                    "json.form",
                    "a form reads one call, and knows no other way to it",
                    "json.value",
                    "call",
                    "refusal",
                    "linux",
                    "abi");

    @ArchTest
    static final ArchRule JSON =
            uses(
                    "json",
                    "a call has one form in JSON, whichever door it comes through",
                    "call",
                    "refusal",
                    "linux",
                    "abi");

    @ArchTest
    static final ArchRule POLICY =
            uses(
                    "policy",
                    "a refusal is made of the bytes that go to the kernel, and of nothing else",
                    "refusal",
                    "linux",
                    "abi");

    @ArchTest
    static final ArchRule PLACE =
            uses(
                    "place",
                    "who goes elsewhere makes system calls and is woken",
                    "readiness",
                    "linux",
                    "abi");

    @ArchTest
    static final ArchRule WIRE =
            uses("wire", "a wire carries frames, whoever they are", "readiness", "linux", "abi");

    @ArchTest
    static final ArchRule NETWORK =
            uses(
                    "network",
                    "networks are made of places and wires, under policies",
                    "place",
                    "wire",
                    "policy",
                    "readiness",
                    "refusal",
                    "linux",
                    "abi");

    @ArchTest
    static final ArchRule TRACE =
            uses("trace", "a call can be written without being made", "call", "linux", "abi");

    @ArchTest
    static final ArchRule SESSION =
            uses(
                    "session",
                    "a session is a process, and knows nothing of how its calls are made",
                    "network",
                    "place",
                    "policy",
                    "readiness",
                    "call",
                    "refusal",
                    "linux",
                    "abi");

    @ArchTest
    static final ArchRule SYSCALL =
            uses(
                    "syscall",
                    "calls are made on sessions and know nothing of HTTP",
                    "session",
                    "network",
                    "place",
                    "policy",
                    "readiness",
                    "call",
                    "refusal",
                    "linux",
                    "abi");

    @ArchTest
    static final ArchRule INSPECT =
            uses(
                    "inspect",
                    "who looks at a socket changes nothing, and makes no call",
                    "session",
                    "network",
                    "place",
                    "policy",
                    "call",
                    "refusal",
                    "linux",
                    "abi");

    @ArchTest
    static final ArchRule METRICS =
            uses(
                    "metrics",
                    "an operator's figures come from below, and from no request",
                    "inspect",
                    "session",
                    "network",
                    "place",
                    "wire",
                    "policy",
                    "readiness",
                    "call",
                    "refusal",
                    "linux",
                    "abi");

    @ArchTest
    static final ArchRule PROBLEM =
            uses(
                    "web.problem",
                    "a failure is said in one way, wherever it comes from",
                    "json",
                    "trace",
                    "session",
                    "network",
                    "place",
                    "policy",
                    "call",
                    "refusal",
                    "linux",
                    "abi");

    @ArchTest
    static final ArchRule DOOR =
            uses(
                    "web.door",
                    "the door lets in whatever comes behind it",
                    "web.problem",
                    "json.value",
                    "policy",
                    "network",
                    "refusal",
                    "linux",
                    "abi");

    @ArchTest
    static final ArchRule WEB =
            uses(
                    "web",
                    "HTTP is one way in, and what an operator sees is another's",
                    "json",
                    "trace",
                    "syscall",
                    "inspect",
                    "session",
                    "network",
                    "place",
                    "policy",
                    "readiness",
                    "call",
                    "refusal",
                    "linux",
                    "abi");

    @ArchTest
    static final ArchRule OPENAPI =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.socketlab.web.openapi..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.socketlab.web.openapi..")
                    .because("the document describes, and nothing is made by it");

    @ArchTest
    static final ArchRule WEB_IS_ABOVE_ALL =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.socketlab.web..", "dev.socketlab")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.socketlab.web..")
                    .because("HTTP is one way in");

    @ArchTest
    static final ArchRule NATIVE_MEMORY =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.socketlab.linux..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.lang.foreign..")
                    .because("nobody above linux sees a memory segment");

    @ArchTest
    static final ArchRule NO_SPRING_BELOW =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "dev.socketlab",
                            "dev.socketlab.session..",
                            "dev.socketlab.metrics..",
                            "dev.socketlab.web..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.springframework..")
                    .because("they are plain Java");

    @ArchTest
    static final ArchRule NO_HTTP_BELOW_WEB =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.socketlab.web..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("jakarta.servlet..", "org.springframework.http..")
                    .because("nobody below web sees HTTP");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.socketlab.(**)")
                    .should()
                    .beFreeOfCycles()
                    .because(
                            "a room can be read without those above it: no class of one room is"
                                    + " in a cycle with a class of another");
}

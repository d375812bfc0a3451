use std::path::Path;

use super::{is_same_word, passages};
use crate::{Surroundings, parse};

#[test]
fn the_reference_lesson_answers_each_of_its_questions() {
    let seed = include_bytes!("../tests/seed.md");
    let lesson = parse(Path::new("seed.md"), seed, &Surroundings::unknown())
        .lesson
        .expect("it has no errors");
    let titles = lesson.quiz.iter().map(|question| {
        let passages = passages(&lesson, question);
        let texts = passages
            .iter()
            .map(|passage| passage.0.split("</").next().unwrap_or_default());
        let texts = texts.map(|text| {
            text.trim_start_matches("<p>")
                .trim_start_matches("<strong>")
        });
        format!(
            "{}\n{}\n",
            question.prompt.text,
            texts.map(|text| format!("  {text}\n")).collect::<String>()
        )
    });
    insta::assert_snapshot!(titles.collect::<String>(), @r#"
    Каква е разликата между latency и throughput?
      Throughput (Пропускателна способност)
      Latency (Латентност)
      Latency и throughput са основни метрики за производителност.

    Какво е bottleneck и как влияе на системата?
      Bottleneck (Тясно място)
      Вместо да се фокусираме само върху отделни функции или модули, системното ниво изисква цялостен поглед: как отделните части си взаимодействат, къде възникват тесни места (bottlenecks), и как да се постигне баланс между скорост, разход на ресурси и надеждност.
      Bottlenecks ограничават максималната производителност на системата.

    Защо е важно да се използва профилиране преди оптимизация?
      Profiling (Профилиране)
      Оптимизация без измерване
      Прекомерна оптимизация (premature optimization)

    Дайте пример за техника за намаляване на latency.
      Latency (Латентност)

    Какви са потенциалните рискове при прекомерно кеширане?
      Прекомерна оптимизация (premature optimization)
      Caching (Кеширане)

    Как паралелизмът може да подобри производителността?
      Parallelism &amp; Concurrency (Паралелизъм и конкурентност)
      Bottleneck (Тясно място)
      Оптимизацията на производителността и латентността на системно ниво е критичен аспект в дизайна и поддръжката на съвременни софтуерни и AI системи. Тя включва анализ и подобрение на всички компоненти – от хардуерни ресурси, през операционна система, до мрежови комуникации и приложения.

    Какво означава resource contention?
      Resource contention (Конфликт за ресурси)
    "#);
}

#[test]
fn forms_of_a_word_are_one_word() {
    for (left, right) in [
        ("кеширане", "кеширането"),
        ("паралелизъм", "паралелизмът"),
        ("optimize", "optimization"),
        ("bottleneck", "bottlenecks"),
    ] {
        assert!(is_same_word(left, right), "{left} {right}");
    }
    for (left, right) in [
        ("памет", "пример"),
        ("cpu", "cpus"),
        ("компонент", "комуникация"),
    ] {
        assert!(!is_same_word(left, right), "{left} {right}");
    }
}
